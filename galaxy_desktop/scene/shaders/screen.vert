// A triangle over the whole screen; v_uv runs over the part of a texture that is in use.
uniform vec2 u_part;

attribute vec2 a_corner;

varying vec2 v_uv;

void main() {
    v_uv = (a_corner * 0.5 + 0.5) * u_part;
    gl_Position = vec4(a_corner, 0.0, 1.0);
}
