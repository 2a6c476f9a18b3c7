// One end of a connection.
#include "line.glsl"
#include "vertex.glsl"

varying vec3 v_light;

void main() {
    vec3 seen = u_rotation * (star_place() - u_eye);
    v_light = line_light(star_look().rgb, length(seen));
    gl_Position = clipped(seen);
}
