// The mean of a neighbourhood, four fetches between texels wide: one step down of the bloom.
uniform sampler2D u_image;
uniform vec2 u_step;
uniform vec2 u_last;   // the last texel's middle: beyond it lies what another frame left there
varying vec2 v_uv;

void main() {
    vec2 a = min(v_uv + u_step, u_last);
    vec2 b = v_uv - u_step;
    vec4 mean = 0.25 * (texture2D(u_image, a) + texture2D(u_image, b)
        + texture2D(u_image, vec2(a.x, b.y)) + texture2D(u_image, vec2(b.x, a.y)));
    // Half floats as small as these are denormal: on a processor they double the time of a pass.
    gl_FragColor = mean * vec4(greaterThan(mean, vec4(6.2e-5)));
}
