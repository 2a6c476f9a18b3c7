// The pixels of a line, and the list of those that are too long for one.
const int SHORT = 8;
const float TURN = 0.6180340;  // how rounding goes on along a line: evenly

layout(std430, binding = 4) coherent buffer LongCount { uint long_count; };
layout(std430, binding = 5) buffer LongLines { vec4 long_lines[]; };
layout(std430, binding = 6) buffer LongSteps { uvec2 long_steps[]; };   // with which line it is

void trace(vec2 at, vec2 ahead, vec4 shine, vec4 more, int steps, float dither,
    float turn) {
    ivec2 corner = ivec2(u_size) - 1;
    for (int i = 0; i < steps; i++) {
        add(clamp(ivec2(at), ivec2(0), corner), shine.rgb / shine.a, dither);
        dither = fract(dither + turn);
        at += ahead;
        shine += more;
    }
}
