// A thread over the finished picture: a line with soft edges within its glow.
uniform float u_unit;      // pixels for each logical one
uniform vec2 u_opens;      // logical pixels from its star: from where on it is seen, and fully
varying vec3 v_at;         // of a line: pixels off its middle, from its star (negative if dashed),
                           // and to where its glow ends; where in a glow, from -1 to 1, and 0
varying vec4 v_light;      // colour, and how strongly it is seen

// What covers no less than it shines can be blended by anybody, without overflowing.
float brightest(vec3 light) {
    return max(light.r, max(light.g, light.b));
}

void main() {
    if (v_at.z == 0.0) {
        float soft = max(1.0 - dot(v_at.xy, v_at.xy), 0.0);
        vec3 glowing = v_light.rgb * (0.8 * soft * soft);
        gl_FragColor = vec4(glowing, brightest(glowing)) * v_light.a;
        return;
    }
    vec2 at = abs(v_at.xy) / u_unit;
    // Never thinner than a pixel of a coarse picture; then fainter, though not by as much: there
    // the galaxy is blurred too.
    float half_wide = max(1.1 * u_unit, 0.6);
    float core = clamp(half_wide + 0.5 - abs(v_at.x), 0.0, 1.0)
        * min(sqrt(1.1 * u_unit / half_wide), 1.0);
    float glow = max(1.0 - abs(v_at.x) / v_at.z, 0.0);
    // Behind the line the stars step back, or it could not be told from theirs.
    float shade = 0.5 * glow * clamp(2.0 - 0.5 * at.x, 0.0, 1.0);
    vec3 light = mix(v_light.rgb, vec3(1.0), 0.5 * max(1.0 - 0.7 * at.x, 0.0))
        * max(core, 0.65 * glow * glow * glow);
    float seen = v_light.a * smoothstep(u_opens.x, u_opens.y, at.y);
    if (v_at.y < 0.0) {
        // Dashes of seven logical pixels and gaps of five, with soft ends.
        seen *= clamp(4.0 - abs(mod(at.y, 12.0) - 6.0), 0.0, 1.0);
    }
    gl_FragColor = vec4(light, max(max(core, shade), brightest(light))) * seen;
}
