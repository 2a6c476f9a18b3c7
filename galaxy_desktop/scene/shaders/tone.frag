// From light to screen: bloom, exposure, a curve over the strongest colour, so that hues stay.
uniform sampler2D u_light;
uniform sampler2D u_bloom;
uniform vec2 u_bloom_part;
uniform vec2 u_bloom_last;
uniform float u_bloom_strength;
uniform float u_exposure;
uniform vec3 u_space;      // the darkness
uniform float u_dim;       // 1: as it is, 0: black
varying vec2 v_uv;

void main() {
    vec3 light = texture2D(u_light, v_uv).rgb * u_exposure
        + u_bloom_strength * texture2D(u_bloom, min(v_uv * u_bloom_part, u_bloom_last)).rgb;
    float most = max(max(light.r, light.g), light.b);
#ifdef ACES
    // Narkowicz (2015), "ACES filmic tone mapping curve".
    float gain = 0.97 * (2.51 * most + 0.03) / (most * (2.43 * most + 0.59) + 0.14);
    float shown = min(most * gain, 0.97);
#else
    float gain = 1.0 / (1.0 + most);
    float shown = most * gain;
#endif
    // The brightest turn pale, as stars do, and never white.
    vec3 colour = light * gain;
    colour += (0.62 * shown * shown * shown) * (shown - colour);
    // A square root is close to sRGB's curve and several times cheaper without a graphics card;
    // a little noise (Jimenez 2014) hides the bands of a dark gradient.
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    gl_FragColor = vec4(u_dim * sqrt(colour + u_space) + (noise - 0.5) / 255.0, 1.0);
}
