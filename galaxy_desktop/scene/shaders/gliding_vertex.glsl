// A star on its way: see movement.py.
attribute vec3 a_position;
attribute vec4 a_light;    // linear colour, and fame from 0 to 1
attribute vec4 a_way;      // to the goal; presence at the start
attribute vec4 a_drift;    // as fast as it started; presence at the goal
attribute vec4 a_turning;  // how the light changes
uniform vec2 u_shares;     // of the way, as which light changes, too, and of the drift

vec3 star_place() {
    return a_position + a_way.xyz * u_shares.x + a_drift.xyz * u_shares.y;
}

vec4 star_look() {
    return a_light + a_turning * u_shares.x;
}

float star_presence() {
    return mix(a_way.w, a_drift.w, u_shares.x);
}
