// One step up of the bloom: the smaller image, blurred, is added to the larger.
uniform sampler2D u_image;
uniform vec2 u_step;
uniform vec2 u_last;
uniform float u_strength;
varying vec2 v_uv;

void main() {
    // Four tents in a cross, each so near the middle that they have no hole there: that is round.
    // At the corners, a texel away, they would make a square of each star.
    vec2 reach = 0.8 * u_step;
    vec2 a = min(v_uv + reach, u_last);
    vec2 b = v_uv - reach;
    vec4 more = (0.25 * u_strength) * (texture2D(u_image, vec2(a.x, v_uv.y))
        + texture2D(u_image, vec2(b.x, v_uv.y)) + texture2D(u_image, vec2(v_uv.x, a.y))
        + texture2D(u_image, vec2(v_uv.x, b.y)));
    // No denormals: see halve.frag.
    gl_FragColor = more * vec4(greaterThan(more, vec4(6.2e-5)));
}
