#version 430
// Long lines, each by eight neighbours that take turns at its pixels.
#include "splat.glsl"
#include "trace.glsl"

const uint TURNS = 8u;

void main() {
    uint count = min(long_count, uint(long_steps.length()));
    uint turn = gl_LocalInvocationID.x % TURNS;
    float first = float(turn);
    uint all = gl_NumWorkGroups.x * gl_WorkGroupSize.x / TURNS;
    for (uint line = gl_GlobalInvocationID.x / TURNS; line < count; line += all) {
        int steps = int(long_steps[line].x);
        float dither = dither_of(long_steps[line].y);
        vec4 place = long_lines[line * 3u];
        vec4 shine = long_lines[line * 3u + 1u];
        vec4 more = long_lines[line * 3u + 2u];
        trace(place.xy + place.zw * first, place.zw * float(TURNS), shine + more * first,
            more * float(TURNS), (steps + int(TURNS) - 1 - int(turn)) / int(TURNS),
            fract(dither + first * TURN), float(TURNS) * TURN);
    }
}
