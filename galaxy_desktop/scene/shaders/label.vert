// A picture from the atlas of labels, placed in pixels, y down.
uniform vec2 u_size;

attribute vec2 a_pixel;
attribute vec2 a_at;       // in the atlas, from 0 to 1
attribute float a_alpha;

varying vec2 v_at;
varying float v_alpha;

void main() {
    v_at = a_at;
    v_alpha = a_alpha;
    gl_Position = vec4(a_pixel / u_size * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
