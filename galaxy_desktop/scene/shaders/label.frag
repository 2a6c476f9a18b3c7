uniform sampler2D u_atlas;
varying vec2 v_at;
varying float v_alpha;

void main() {
    gl_FragColor = texture2D(u_atlas, v_at) * v_alpha;
}
