// A line that glows across, or a round star: brightest in the middle.
varying vec2 v_at;
varying vec4 v_light;

void main() {
    float soft = max(1.0 - dot(v_at, v_at), 0.0);
    gl_FragColor = vec4(v_light.rgb * soft * soft, 1.0);
}
