// A thread over the finished picture: a line with soft edges within its glow.
uniform float u_unit;      // pixels for each logical one
uniform float u_reach;     // logical pixels from its middle to where the glow ends
uniform vec2 u_opens;      // logical pixels from its star: from where on it is seen, and fully
varying vec3 v_at;         // pixels off the middle; from the star or, of a glow, across; which it is
varying vec4 v_light;      // colour, and how strongly it is seen

void main() {
    vec2 at = abs(v_at.xy) / u_unit;
    if (v_at.z > 0.5) {
        float soft = max(1.0 - dot(at, at) / (u_reach * u_reach), 0.0);
        gl_FragColor = vec4(v_light.rgb * (v_light.a * soft * soft), 0.0);
        return;
    }
    // Never thinner than a pixel of a coarse picture; then fainter instead.
    float half_wide = max(u_unit, 0.6);
    float core = clamp(half_wide + 0.5 - abs(v_at.x), 0.0, 1.0) * min(u_unit / half_wide, 1.0);
    float glow = max(1.0 - at.x / u_reach, 0.0);
    // Behind the line the stars step back, or it could not be told from theirs.
    float shade = 0.5 * glow * clamp(2.0 - 0.5 * at.x, 0.0, 1.0);
    vec3 light = mix(v_light.rgb, vec3(1.0), 0.25 * max(1.0 - at.x, 0.0))
        * max(core, 0.5 * glow * glow * glow);
    gl_FragColor = vec4(light, max(core, shade)) * (v_light.a * smoothstep(u_opens.x, u_opens.y, at.y));
}
