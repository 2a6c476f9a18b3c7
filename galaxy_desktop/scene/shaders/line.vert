// One end of a connection.
uniform mat3 u_rotation;
uniform vec3 u_eye;
uniform vec2 u_lens;
uniform float u_near;
uniform float u_strength;
uniform float u_full;      // nearer than this, a line shines no brighter
uniform vec4 u_haze;
uniform float u_haze_from;

attribute vec3 a_position;
attribute vec4 a_light;    // linear colour, and fame from 0 to 1

varying vec3 v_light;

void main() {
    vec3 seen = u_rotation * (a_position - u_eye);
    float away = length(seen);
    float haze = 1.0 - exp(-max(away - u_haze_from, 0.0) / u_haze.w);
    v_light = mix(a_light.rgb, u_haze.rgb, 0.55 * haze)
        * (u_strength * (1.0 - 0.9 * haze) * u_full / max(away, u_full));
    gl_Position = vec4(seen.xy * u_lens, -seen.z - 2.0 * u_near, -seen.z);
}
