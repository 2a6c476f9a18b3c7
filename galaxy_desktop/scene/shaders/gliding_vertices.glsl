// Stars on their way: as gliding_vertex.glsl.
uniform vec2 u_shares;

vec4 four(uint at) {
    return vec4(vertices[at], vertices[at + 1u], vertices[at + 2u], vertices[at + 3u]);
}

vec3 position_of(uint star) {
    uint at = star * 19u;
    return vec3(vertices[at], vertices[at + 1u], vertices[at + 2u])
        + four(at + 7u).xyz * u_shares.x + four(at + 11u).xyz * u_shares.y;
}

vec4 light_of(uint star) {
    return four(star * 19u + 3u) + four(star * 19u + 15u) * u_shares.x;
}

// How much of a line is there stands above the bits of its number: see connections.py.
float part_of(inout uint line) {
    float part = float(line >> 27) / 16.0;
    line &= 0x7FFFFFFu;
    return part;
}

float presence_of(uint star) {
    return mix(vertices[star * 19u + 10u], vertices[star * 19u + 14u], u_shares.x);
}
