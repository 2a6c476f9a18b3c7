#version 430
// Connections: one pixel for each step along the longer side, as lines are rasterised.
#include "line.glsl"
#include "splat.glsl"

layout(std430, binding = 3) readonly buffer Pairs { uvec2 pairs[]; };
#include "trace.glsl"

void main() {
    uint line;
    if (!mine(line)) {
        return;
    }
    float part = part_of(line);
    uvec2 ends = pairs[line];
    vec3 a = u_rotation * (position_of(ends.x) - u_eye);
    vec3 b = u_rotation * (position_of(ends.y) - u_eye);
    if (max(-a.z, -b.z) < u_near) {
        return;
    }
    vec3 light_a = line_light(light_of(ends.x).rgb, length(a)) * part;
    vec3 light_b = line_light(light_of(ends.y).rgb, length(b)) * part;
    // What is behind the camera is cut off where it comes into view.
    if (-a.z < u_near) {
        float cut = (u_near + a.z) / (a.z - b.z);
        a = mix(a, b, cut);
        light_a = mix(light_a, light_b, cut);
    } else if (-b.z < u_near) {
        float cut = (u_near + b.z) / (b.z - a.z);
        b = mix(b, a, cut);
        light_b = mix(light_b, light_a, cut);
    }
    vec2 from = pixel_of(a, u_size);
    vec2 way = pixel_of(b, u_size) - from;
    // The part of it that lies inside the picture: Liang and Barsky (1984).
    vec2 safe = mix(way, vec2(1e-6), lessThan(abs(way), vec2(1e-6)));
    vec2 one = -from / safe;
    vec2 other = (u_size - from) / safe;
    vec2 enters = min(one, other);
    vec2 leaves = max(one, other);
    float first = max(max(enters.x, enters.y), 0.0);
    float last = min(min(leaves.x, leaves.y), 1.0);
    if (first >= last) {
        return;
    }
    float pixels = max(abs(way.x), abs(way.y)) * (last - first);
    int steps = int(max(ceil(pixels), 1.0));
    float stride = (last - first) / float(steps);
    float begin = first + 0.5 * stride;
    // Light over depth, and one over depth, change evenly on the screen.
    float share = pixels / float(steps);
    float near_a = 1.0 / -a.z;
    float near_b = 1.0 / -b.z;
    vec4 shine = mix(vec4(light_a * share, 1.0) * near_a, vec4(light_b * share, 1.0) * near_b, begin);
    vec4 more = (vec4(light_b * share, 1.0) * near_b - vec4(light_a * share, 1.0) * near_a) * stride;
    vec2 at = from + way * begin;
    vec2 ahead = way * stride;
    if (steps > SHORT) {
        // One after another waits for the longest of eight; `splat_long.comp` shares them out.
        uint place = atomicAdd(long_count, 1u);
        if (place < uint(long_lines.length() / 3)) {
            long_lines[place * 3u] = vec4(at, ahead);
            long_lines[place * 3u + 1u] = shine;
            long_lines[place * 3u + 2u] = more;
            long_steps[place] = uvec2(steps, line);
            return;
        }
    }
    trace(at, ahead, shine, more, steps, dither_of(line), TURN);
}
