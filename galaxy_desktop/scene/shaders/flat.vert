// What was placed in the picture already: corners in pixels, y down.
uniform vec2 u_size;

attribute vec2 a_pixel;
attribute vec2 a_at;       // where in its shape: from -1 to 1
attribute vec4 a_light;

varying vec2 v_at;
varying vec4 v_light;

void main() {
    v_at = a_at;
    v_light = a_light;
    gl_Position = vec4(a_pixel / u_size * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
