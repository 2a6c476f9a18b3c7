// Light that is added up by whole numbers, without the graphics card's rasteriser.
layout(local_size_x = 64) in;

layout(std430, binding = 0) readonly buffer Vertices { float vertices[]; };
layout(std430, binding = 1) coherent buffer Sums { uint sums[]; };
// Which things there are to add.
layout(std430, binding = 2) readonly buffer Items { uint items[]; };

uniform vec2 u_size;       // of the picture, in pixels
uniform float u_unit;      // of the sums, for each unit of light

// Whether there is something to do, and which one of the things it is.
bool mine(out uint item) {
    uint group = gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x;
    uint place = group * gl_WorkGroupSize.x + gl_LocalInvocationID.x;
    bool some = place < uint(items.length());
    item = some ? items[place] : 0u;
    return some;
}

#include "vertices.glsl"

// Between 0 and 1, always the same for one thing: what it is rounded by. Of many, no light is lost.
float dither_of(uint item) {
    return fract(float(item % 4096u) * 0.6180340);
}

// An atomic addition is what costs here, so a pixel's three sums share a word, of 10, 11 and 11
// bits, and the next word counts how often each ran over: by then it is seldom touched. What is
// carried from one sum into the next is known from the word before, so nothing is ever inexact.
void add(ivec2 pixel, vec3 light, float dither) {
    int at = (pixel.y * int(u_size.x) + pixel.x) * 2;
    uvec3 units = uvec3(min(light * u_unit, 65535.0) + dither);
    uvec3 low = units & uvec3(0x3FFu, 0x7FFu, 0x7FFu);
    uvec3 high = units >> uvec3(10u, 11u, 11u);
    uint word = low.r | low.g << 10 | low.b << 21;
    uint before = atomicAdd(sums[at], word);
    uint after = before + word;
    uint carries = before ^ word ^ after;
    uint over = (high.r + (carries >> 10 & 1u)) + (high.g + (carries >> 21 & 1u) << 11)
        + (high.b + uint(after < before) << 22);
    if (over != 0u) {
        // Full: brighter than anything can be shown.
        if ((sums[at + 1] & 0x80200400u) == 0u) {
            atomicAdd(sums[at + 1], over);
        }
    }
}
