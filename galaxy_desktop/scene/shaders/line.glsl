// How bright a connection is at one of its ends.
#include "view.glsl"
uniform float u_strength;
uniform float u_full;      // nearer than this, a line shines no brighter

vec3 line_light(vec3 colour, float away) {
    float haze = haze_at(away);
    // Lines that pass close by run right across the picture: they step back behind the stars.
    float near = min(away / u_full, 1.0);
    return mix(colour, u_haze.rgb, 0.55 * haze)
        * (u_strength * (0.25 + 0.75 * near * near) * (1.0 - 0.9 * haze) * u_full / max(away, u_full));
}
