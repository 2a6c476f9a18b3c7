// A star where the world says.
attribute vec3 a_position;
attribute vec4 a_light;    // linear colour, and fame from 0 to 1

vec3 star_place() {
    return a_position;
}

vec4 star_look() {
    return a_light;
}

float star_presence() {
    return 1.0;
}
