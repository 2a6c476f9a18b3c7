// From light to screen: bloom, exposure, a curve that keeps the hue, and sRGB.
uniform sampler2D u_light;
uniform sampler2D u_bloom;
uniform vec2 u_light_last;
uniform vec2 u_bloom_part;
uniform vec2 u_bloom_last;
uniform float u_bloom_strength;
uniform float u_exposure;
uniform float u_aces;      // 1: ACES (Narkowicz 2015's fit), 0: Reinhard
uniform vec3 u_space;      // the darkness, linear
uniform float u_dim;       // 1: as it is, 0: black
varying vec2 v_uv;

void main() {
    vec3 light = texture2D(u_light, min(v_uv, u_light_last)).rgb;
    light += u_bloom_strength * texture2D(u_bloom, min(v_uv * u_bloom_part, u_bloom_last)).rgb;
    light *= u_exposure;
    float most = max(max(light.r, light.g), max(light.b, 1e-6));
    float reinhard = most / (1.0 + most);
    float aces = most * (2.51 * most + 0.03) / (most * (2.43 * most + 0.59) + 0.14);
    float shown = mix(reinhard, min(aces, 1.0), u_aces) * 0.97;
    // The brightest turn pale, as stars do, and never white.
    vec3 colour = light / most;
    colour = mix(colour, vec3(1.0), 0.62 * shown * shown * shown) * shown + u_space;
    colour *= u_dim;
    vec3 screen = mix(12.92 * colour, 1.055 * pow(colour, vec3(1.0 / 2.4)) - 0.055,
        step(0.0031308, colour));
    // Half a step of noise (Jimenez 2014's gradient noise) hides the bands of a dark gradient.
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    gl_FragColor = vec4(screen + (noise - 0.5) / 255.0, 1.0);
}
