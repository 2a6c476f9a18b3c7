// One end of a connection.
#include "line.glsl"

attribute vec3 a_position;
attribute vec4 a_light;    // linear colour, and fame from 0 to 1

varying vec3 v_light;

void main() {
    vec3 seen = u_rotation * (a_position - u_eye);
    v_light = line_light(a_light.rgb, length(seen));
    gl_Position = clipped(seen);
}
