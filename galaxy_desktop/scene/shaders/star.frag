varying vec3 v_light;
varying float v_size;

void main() {
    vec2 at = abs(gl_PointCoord * 2.0 - 1.0);
    // Of a star of two pixels each pixel gets its share, so that it glides instead of jumping.
    float tent = (1.0 - at.x) * (1.0 - at.y);
    float r = dot(at, at);
    float soft = max(1.0 - r, 0.0);
    float two = soft * soft;
    float four = two * two;
    // A bright core within a halo.
    float disc = 0.30 * two + 1.25 * four * four;
    gl_FragColor = vec4(v_light * mix(tent, disc, clamp(v_size * 0.5 - 1.0, 0.0, 1.0)), 1.0);
}
