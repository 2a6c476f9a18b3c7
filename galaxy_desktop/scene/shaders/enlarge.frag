// A finished picture, drawn larger.
uniform sampler2D u_image;
uniform vec2 u_last;
varying vec2 v_uv;

void main() {
    gl_FragColor = texture2D(u_image, min(v_uv, u_last));
}
