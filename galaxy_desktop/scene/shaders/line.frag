varying vec3 v_light;

void main() {
    gl_FragColor = vec4(v_light, 1.0);
}
