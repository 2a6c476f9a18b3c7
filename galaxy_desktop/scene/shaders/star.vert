// A star: one point, as large as it looks from here and never so small that it flickers.
uniform mat3 u_rotation;   // world to camera directions
uniform vec3 u_eye;
uniform vec2 u_lens;       // cotangents of half the field of view, across and up
uniform float u_focal;     // pixels of a length 1 at distance 1
uniform float u_radius;    // of an unknown star
uniform float u_growth;    // how many times wider the best known are, less one
uniform vec2 u_sizes;      // smallest and largest diameter in pixels
uniform float u_near;
uniform float u_weight;    // how many stars each one stands for
uniform vec4 u_haze;       // colour that far stars take on; distance over which they do
uniform float u_haze_from;

attribute vec3 a_position;
attribute vec4 a_light;    // linear colour, and fame from 0 to 1

varying vec3 v_light;
varying float v_size;

void main() {
    vec3 seen = u_rotation * (a_position - u_eye);
    float away = length(seen);
    float fame = a_light.a;
    float pixels = 2.0 * u_focal * u_radius * (1.0 + u_growth * fame * fame * fame) / max(away, u_near);
    float size = clamp(pixels, u_sizes.x, u_sizes.y);
    float part = min(pixels / size, 1.0);
    float haze = 1.0 - exp(-max(away - u_haze_from, 0.0) / u_haze.w);
    // Near ones grow, but do not blind.
    v_light = mix(a_light.rgb, u_haze.rgb, 0.55 * haze)
        * (part * part * (1.0 - 0.8 * haze) * u_weight * (0.55 + 1.6 * fame * fame));
    v_size = size;
    gl_PointSize = size;
    gl_Position = vec4(seen.xy * u_lens, -seen.z - 2.0 * u_near, -seen.z);
}
