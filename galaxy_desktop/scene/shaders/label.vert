// One corner of the picture of a text: placed in pixels already, y down.
uniform vec2 u_size;

attribute vec2 a_pixel;
attribute vec2 a_texel;    // from 0 to 1
attribute float a_alpha;

varying vec2 v_texel;
varying float v_alpha;

void main() {
    v_texel = a_texel;
    v_alpha = a_alpha;
    gl_Position = vec4(a_pixel / u_size * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
