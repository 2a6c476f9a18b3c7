// A ring over the finished picture; v_light.a is its radius in pixels, u_width its width.
uniform float u_width;
varying vec2 v_at;
varying vec4 v_light;

void main() {
    float reach = v_light.a + u_width + 1.5;
    float off = abs(length(v_at) * reach - v_light.a);
    float ring = clamp(u_width * 0.5 + 0.5 - off, 0.0, 1.0);
    float shade = 0.35 * clamp(1.0 - off / (u_width + 1.0), 0.0, 1.0);
    gl_FragColor = vec4(v_light.rgb * ring, max(ring, shade));
}
