// What all that lies in space knows of the camera. Runs as GLSL 1.20 and 4.30.
uniform mat3 u_rotation;   // world to camera directions
uniform vec3 u_eye;
uniform vec2 u_lens;       // cotangents of half the field of view, across and up
uniform float u_near;      // nothing nearer is drawn
uniform vec4 u_haze;       // colour that far things take on; distance over which they do
uniform float u_haze_from;

float haze_at(float away) {
    return 1.0 - exp(-max(away - u_haze_from, 0.0) / u_haze.w);
}

vec4 clipped(vec3 seen) {
    return vec4(seen.xy * u_lens, -seen.z - 2.0 * u_near, -seen.z);
}

vec2 pixel_of(vec3 seen, vec2 size) {
    return (seen.xy * u_lens / -seen.z * 0.5 + 0.5) * size;
}
