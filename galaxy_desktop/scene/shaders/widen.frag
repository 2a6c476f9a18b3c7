// One step up of the bloom: a tent over the smaller image, added to the larger.
uniform sampler2D u_image;
uniform vec2 u_step;
uniform vec2 u_last;
uniform float u_strength;
varying vec2 v_uv;

void main() {
    vec2 a = min(v_uv + u_step, u_last);
    vec2 b = v_uv - u_step;
    vec4 more = (0.25 * u_strength) * (texture2D(u_image, a) + texture2D(u_image, b)
        + texture2D(u_image, vec2(a.x, b.y)) + texture2D(u_image, vec2(b.x, a.y)));
    // No denormals: see halve.frag.
    gl_FragColor = more * vec4(greaterThan(more, vec4(6.2e-5)));
}
