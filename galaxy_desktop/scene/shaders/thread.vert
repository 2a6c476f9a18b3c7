// A point of a thread, to one side of it or the other; or a corner of the glow where threads meet.
#include "view.glsl"
uniform vec2 u_size;       // of the picture, in pixels
uniform float u_unit;      // pixels for each logical one
uniform float u_reach;     // logical pixels from the middle of a thread to where its glow ends
uniform float u_whole;     // nearer to the camera than this a thread fades
uniform float u_dim;

attribute vec3 a_before;   // the points it comes from and goes to; at an end, the point itself
attribute vec3 a_point;
attribute vec3 a_after;
attribute vec4 a_star;     // the nearest star of the thread; whether it is drawn whole (1) or in
                           // dashes (-1)
attribute vec2 a_corner;   // of a line: 0 and its side; of a glow: both -1 or 1
attribute vec3 a_colour;

varying vec3 v_at;         // of a line: pixels off its middle, from its star (negative if dashed),
                           // and to where its glow ends; where in a glow, from -1 to 1, and 0
varying vec4 v_light;      // colour, and how strongly it is seen

const float FAR = 1e4;     // pixels from no star

vec3 camera(vec3 place) {
    return u_rotation * (place - u_eye);
}

// Where the way from what is before the camera to what is not comes to its end.
vec3 cut(vec3 ahead, vec3 behind) {
    return mix(ahead, behind, (ahead.z + u_near) / (ahead.z - behind.z));
}

vec2 normal(vec2 way) {
    float pixels = length(way);
    return pixels > 1e-4 ? vec2(-way.y, way.x) / pixels : vec2(0.0);
}

void main() {
    vec3 before = camera(a_before);
    vec3 here = camera(a_point);
    vec3 after = camera(a_after);
    // What is behind the camera is cut off, where it is not seen any more: see u_whole.
    if (-here.z < u_near) {
        bool onwards = -after.z > u_near;
        vec3 ahead = onwards ? after : before;
        if (-ahead.z <= u_near) {
            gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
            v_at = vec3(0.0);
            v_light = vec4(0.0);
            return;
        }
        here = cut(ahead, here);
        before = onwards ? here : before;
        after = onwards ? after : here;
    }
    before = -before.z < u_near ? cut(here, before) : before;
    after = -after.z < u_near ? cut(here, after) : after;
    vec2 at = pixel_of(here, u_size);
    vec2 way_here = at - pixel_of(before, u_size);
    vec2 way_on = pixel_of(after, u_size) - at;
    vec2 one = normal(way_here);
    vec2 other = normal(way_on);
    float reach = u_reach * u_unit;
    vec2 off;
    if (a_corner.x != 0.0) {
        off = a_corner * reach * 0.75;
        v_at = vec3(a_corner, 0.0);
    } else {
        // An end has one neighbour alone.
        one = dot(one, one) > 0.0 ? one : other;
        other = dot(other, other) > 0.0 ? other : one;
        vec2 both = one + other;
        float square = max(dot(both, both), 1e-3);
        // In a bend the glow is no wider than the bend's radius, or it would lie over itself.
        float bend = 0.5 * min(max(length(way_here), 1.0), max(length(way_on), 1.0))
            * sqrt(square / max(4.0 - square, 1e-4));
        reach = clamp(bend, min(2.0 * max(u_unit, 1.0), reach), reach);
        // A mitre; where the line turns back, it is cut short.
        off = both * (a_corner.y * reach * min(2.0 / square, 2.0));
        float from = FAR;
        vec3 star = camera(a_star.xyz);
        if (-star.z > u_near) {
            from = min(distance(pixel_of(star, u_size), at), FAR);
        }
        v_at = vec3(a_corner.y * reach, from * a_star.w, reach);
    }
    float near = clamp((-here.z - u_near) / (u_whole - u_near), 0.0, 1.0);
    v_light = vec4(a_colour, u_dim * near * (1.0 - 0.2 * haze_at(length(here))));
    gl_Position = vec4((at + off) / u_size * 2.0 - 1.0, 0.0, 1.0);
}
