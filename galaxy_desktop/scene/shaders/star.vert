// A star: one point, as large as it looks from here and never so small that it flickers.
#include "star.glsl"
#include "vertex.glsl"
uniform float u_weight;    // how many stars each one stands for
uniform float u_wider;     // those that look no wider, in pixels, are not drawn here

varying vec3 v_light;
varying float v_size;

void main() {
    vec3 seen = u_rotation * (star_place() - u_eye);
    vec4 light = star_look();
    float away = length(seen);
    float pixels = star_pixels(away, light.a);
    v_light = star_light(light, away, pixels) * (u_weight * star_presence());
    v_size = clamp(pixels, u_sizes.x, u_sizes.y);
    gl_PointSize = v_size;
    gl_Position = pixels > u_wider ? clipped(seen) : vec4(2.0, 2.0, 2.0, 1.0);
}
