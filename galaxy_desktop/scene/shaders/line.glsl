// How bright a connection is at one of its ends.
#include "view.glsl"
uniform float u_strength;
uniform float u_full;      // nearer than this, a line shines no brighter

vec3 line_light(vec3 colour, float away) {
    float haze = haze_at(away);
    return mix(colour, u_haze.rgb, 0.55 * haze)
        * (u_strength * (1.0 - 0.9 * haze) * u_full / max(away, u_full));
}
