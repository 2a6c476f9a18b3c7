#version 430
// From whole numbers to light.
uniform usamplerBuffer u_sums;
uniform vec2 u_size;
uniform float u_unit;

out vec4 light;

// See `add` in splat.glsl.
void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    uvec2 words = texelFetch(u_sums, pixel.y * int(u_size.x) + pixel.x).rg;
    uvec3 low = uvec3(words.r & 0x3FFu, words.r >> 10 & 0x7FFu, words.r >> 21);
    uvec3 over = uvec3(words.g & 0x7FFu, words.g >> 11 & 0x7FFu, words.g >> 22);
    // What ran over in one sum was counted by the next one too.
    ivec3 units = ivec3(low) - ivec3(0, over.rg) + ivec3(over << uvec3(10u, 11u, 11u));
    light = vec4(vec3(units) / u_unit, 1.0);
}
