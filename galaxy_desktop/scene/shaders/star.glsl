// How large a star looks, and how bright it is.
#include "view.glsl"
uniform float u_focal;     // pixels of a length 1 at distance 1
uniform float u_radius;    // of an unknown star
uniform float u_growth;    // how many times wider the best known are, less one
uniform vec2 u_sizes;      // smallest and largest diameter in pixels
uniform float u_soften;    // pixels across at which a star is half as bright

float star_pixels(float away, float fame) {
    return 2.0 * u_focal * u_radius * (1.0 + u_growth * fame * fame * fame) / max(away, u_near);
}

// The light of its middle, if it is drawn as wide as the smallest star, or as it is.
vec3 star_light(vec4 light, float away, float pixels) {
    float part = min(pixels / u_sizes.x, 1.0);
    float haze = haze_at(away);
    float fame = light.a;
    return mix(light.rgb, u_haze.rgb, 0.55 * haze)
        * (part * part * (1.0 - 0.8 * haze) * (0.55 + 1.6 * fame * fame)
            / (1.0 + pixels / u_soften));
}
