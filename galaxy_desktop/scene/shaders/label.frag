// The picture of a text has its colours times alpha already: fading is one factor of all four.
uniform sampler2D u_atlas;

varying vec2 v_texel;
varying float v_alpha;

void main() {
    gl_FragColor = texture2D(u_atlas, v_texel) * v_alpha;
}
