// Stars where the world says.
vec3 position_of(uint star) {
    return vec3(vertices[star * 7u], vertices[star * 7u + 1u], vertices[star * 7u + 2u]);
}

vec4 light_of(uint star) {
    return vec4(vertices[star * 7u + 3u], vertices[star * 7u + 4u], vertices[star * 7u + 5u],
        vertices[star * 7u + 6u]);
}

float presence_of(uint star) {
    return 1.0;
}

float part_of(inout uint line) {
    return 1.0;
}
