#version 430
// Stars of the smallest size: each shines on the four pixels around it, as in star.frag.
#include "star.glsl"
#include "splat.glsl"
uniform float u_weight;    // how many stars each one stands for

void main() {
    uint star;
    if (!mine(star)) {
        return;
    }
    vec3 seen = u_rotation * (position_of(star) - u_eye);
    if (-seen.z < u_near) {
        return;
    }
    vec4 light = light_of(star);
    float away = length(seen);
    float pixels = star_pixels(away, light.a);
    vec2 at = pixel_of(seen, u_size) - 0.5;
    // A star whose middle is outside is not drawn as a point either.
    if (pixels > u_sizes.x || any(lessThan(at, vec2(-0.5)))
        || any(greaterThan(at, u_size - 0.5))) {
        return;
    }
    vec3 shine = star_light(light, away, pixels) * (u_weight * presence_of(star));
    float dither = dither_of(star);
    ivec2 low = ivec2(floor(at));
    vec2 part = at - vec2(low);
    ivec2 last = ivec2(u_size) - 1;
    bvec2 a = greaterThanEqual(low, ivec2(0));
    bvec2 b = lessThan(low, last);
    if (a.x && a.y) {
        add(low, shine * ((1.0 - part.x) * (1.0 - part.y)), dither);
    }
    if (b.x && a.y) {
        add(low + ivec2(1, 0), shine * (part.x * (1.0 - part.y)), dither);
    }
    if (a.x && b.y) {
        add(low + ivec2(0, 1), shine * ((1.0 - part.x) * part.y), dither);
    }
    if (b.x && b.y) {
        add(low + 1, shine * (part.x * part.y), dither);
    }
}
