"""`Scene`: draws a world into the current OpenGL context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vispy import gloo

from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.threads import Thread
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.adaptation import adaptation, sample
from galaxy_desktop.scene.bodies import Bodies, line_shares
from galaxy_desktop.scene.highlight import Highlight
from galaxy_desktop.scene.light import Exposure, Light
from galaxy_desktop.scene.offscreen import Box
from galaxy_desktop.scene.palettes import PALETTES
from galaxy_desktop.scene.quality_control import FULL, Detail
from galaxy_desktop.scene.rings import Ring, Rings, placed_rings
from galaxy_desktop.scene.splatter import Splatter
from galaxy_desktop.scene.threads import Threads
from galaxy_desktop.scene.view import View

#: With it, the light of a whole galaxy seen from outside fills the range of the screen.
_EXPOSURE = 4.2


class Scene:
    """The galaxy, drawn in two steps: what shines adds up to light, and light is shown.

    Parameters
    ----------
    world : World
    look : Look
    """

    def __init__(self, world: World, look: Look) -> None:
        self._light = Light()
        self._splatter = Splatter.where_it_helps()
        self._highlight = Highlight()
        self._rings = Rings()
        self._threads = Threads()
        self._look = look
        self._palette = PALETTES[look.palette]
        self._summed: tuple[object, ...] | None = None
        self._chosen: tuple[int | None, tuple[int, ...], tuple[float, ...]] = (None, (), ())
        self._world = world
        self._gliding = Gliding(world)
        self._bodies = Bodies(world, self._palette)

    @property
    def world(self) -> World:
        """The galaxy that is drawn."""
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        self.follow(Gliding(world))

    def follow(self, gliding: Gliding) -> None:
        """Draw what is seen of a galaxy from now on: the same one, or what it becomes."""
        self._gliding = gliding
        self._bodies.follow(gliding)
        if gliding.world is not self._world:
            self._world = gliding.world
            self._summed = None
            self.choose(None)

    @property
    def look(self) -> Look:
        """How it is drawn."""
        return self._look

    @look.setter
    def look(self, look: Look) -> None:
        if look.palette != self._look.palette:
            self._palette = PALETTES[look.palette]
            self._bodies.recolour(self._palette)
        self._look = look

    @property
    def part(self) -> tuple[int, int]:
        """How many pixels of the picture the light was worked out for."""
        return self._light.used

    @property
    def lines(self) -> int:
        """How many connections there are to draw."""
        return len(self._bodies.present.connections)

    def choose(
        self,
        selected: int | None,
        others: tuple[int, ...] = (),
        strengths: tuple[float, ...] = (),
    ) -> None:
        """Light up an artist with its related ones, and others besides: see `AppState.light_up`."""
        if (selected, others, strengths) != self._chosen:
            self._chosen = selected, others, strengths
            self._highlight.choose(self._world, selected, others, strengths)

    def light_up(
        self, pose: Pose, size: tuple[int, int], detail: Detail = FULL, ratio: float = 1.0
    ) -> None:
        """Work out the light that falls on a picture, at once; see `light_up_in_steps`."""
        for _ in self.light_up_in_steps(pose, size, detail, ratio):
            pass

    def light_up_in_steps(
        self, pose: Pose, size: tuple[int, int], detail: Detail = FULL, ratio: float = 1.0
    ) -> Iterator[None]:
        """Work out the light that falls on a picture, a little in each step.

        Until the last step, what `show` shows stays what it was. With a graphics card there is
        one step only.

        Parameters
        ----------
        pose : Pose
        size : (int, int)
            In pixels.
        detail : Detail
        ratio : float
            Pixels for each logical one.
        """
        unit = detail.scale * ratio
        splatter = self._splatter_for(size, detail)
        used = self._light.part(size, detail.scale)
        look, view = self._look, View.of(pose, used, self._gliding.extent, self._palette.haze)
        bodies = self._bodies.all
        lines = line_shares(bodies, detail.lines)
        if splatter is not None:
            # A highlight changes, or the exposure: what was added up before is still there.
            shining = (look.connections, look.star_size, look.palette)
            wanted = (pose, used, detail, unit, *shining, self._gliding.stamp)
            if wanted != self._summed:
                self._summed = None
                splatter.begin(used)
                for body, most in zip(bodies, lines, strict=True):
                    yield from body.connections.splat(
                        splatter, view, look.connections, most, body.line_light
                    )
                    if body.has_stars:
                        body.stars.splat(splatter, view, look, detail.stars, unit)
                self._summed = wanted
                yield
        self._light.begin(size, detail.scale, clear=splatter is None)
        if splatter is None:
            for body, most in zip(bodies, lines, strict=True):
                body.connections.draw(view, look.connections, most, body.line_light)
                if body.has_stars:
                    body.stars.draw(view, look, detail.stars, unit)
        else:
            splatter.pour()
            for body in bodies:
                if body.has_stars:
                    body.stars.draw_large(view, look, unit)
        self._highlight.draw(self._gliding, view, self._palette.accent, unit)
        self._light.end()
        self._light.bloom()

    def show(
        self,
        pose: Pose,
        size: tuple[int, int],
        *,
        dim: float = 1.0,
    ) -> None:
        """Draw the light into the frame buffer that is active.

        Parameters
        ----------
        pose : Pose
        size : (int, int)
            In pixels. With `part`, the light is shown as small as it was worked out.
        dim : float
            1 as it is, 0 black.
        """
        look, palette = self._look, self._palette
        aces = look.tone == "aces"
        exposure = _EXPOSURE * look.exposure * self._adaptation(pose)
        self._light.show(size, Exposure(exposure, look.bloom, aces, palette.space, dim))

    def rings(
        self, pose: Pose, size: tuple[int, int], ratio: float, hovered: int | None
    ) -> list[Ring]:
        """Return the rings around the selected star and the one under the cursor.

        Parameters
        ----------
        pose : Pose
        size : (int, int)
            Of the picture in pixels.
        ratio : float
            Pixels for each logical one: rings are as wide on any screen.
        hovered : int or None
            The artist under the cursor.
        """
        selected, palette = self._chosen[0], self._palette
        other = None if hovered == selected else hovered
        chosen = [(selected, palette.accent), (other, palette.second)]
        return placed_rings(self._gliding, pose, size, ratio, chosen)

    def draw_rings(self, rings: Sequence[Ring], size: tuple[int, int], ratio: float) -> None:
        """Draw rings over what is in the frame buffer that is active."""
        self._rings.draw(rings, size, ratio)

    def draw_threads(
        self,
        threads: tuple[Thread, ...],
        pose: Pose,
        size: tuple[int, int],
        unit: float = 1.0,
        dim: float = 1.0,
    ) -> None:
        """Draw threads over the light that is shown.

        Parameters
        ----------
        threads : tuple of Thread
        pose : Pose
        size : (int, int)
            Of the picture in pixels.
        unit : float
            Pixels for each logical one.
        dim : float
            1 as it is, 0 not seen.
        """
        view = self._threaded(threads, pose, size)
        if view is not None:
            self._threads.draw(view, unit, dim)

    def draw_threads_apart(
        self,
        threads: tuple[Thread, ...],
        pose: Pose,
        size: tuple[int, int],
        unit: float = 1.0,
        dim: float = 1.0,
    ) -> Box | None:
        """Draw threads, and nothing else, for being laid over a picture.

        Parameters as of `draw_threads`.

        Returns
        -------
        (int, int, int, int) or None
            Where to: left, top, width and height. Outside the frame buffer is as it was.
        """
        view = self._threaded(threads, pose, size)
        box = None if view is None else self._threads.box(view, unit)
        if view is not None and box is not None:
            left, top, width, height = box
            gloo.set_state(scissor_test=True)
            gloo.set_scissor(left, size[1] - top - height, width, height)
            gloo.clear(color=(0, 0, 0, 0))
            self._threads.draw(view, unit, dim)
            gloo.set_state(scissor_test=False)
        return box

    def draw(self, pose: Pose, size: tuple[int, int], detail: Detail = FULL) -> None:
        """Draw one picture into the frame buffer that is active."""
        self.light_up(pose, size, detail)
        self.show(pose, size)

    def delete(self) -> None:
        """Give the graphics memory back."""
        self._light.delete()
        self._bodies.delete()
        self._threads.delete()
        if self._splatter is not None:
            self._splatter.delete()
            self._splatter = None

    def _threaded(
        self, threads: tuple[Thread, ...], pose: Pose, size: tuple[int, int]
    ) -> View | None:
        """Take over the threads; return the view that they are seen in, None for not at all."""
        self._threads.choose(threads, self._world.radius)
        # They lie where artists stand in the end, not where these are on their way.
        if not threads or self._gliding.displaced:
            return None
        return View.of(pose, size, self._gliding.extent, self._palette.haze)

    def _splatter_for(self, size: tuple[int, int], detail: Detail) -> Splatter | None:
        splatter = self._splatter
        if splatter is None or not splatter.fits(size, self._bodies.present.bytes):
            return None
        things = 0
        for there, wanted in ((len(self._world), detail.stars), (self.lines, detail.lines)):
            things += there if wanted is None else min(there, wanted)
        used = round(size[0] * detail.scale), round(size[1] * detail.scale)
        return splatter if splatter.pays(used, things) else None

    def _adaptation(self, pose: Pose) -> float:
        """Return how much light is let in; from one galaxy to the next it changes softly."""
        now, fading = self._gliding, self._gliding.fading
        radius = now.extent.radius
        light = adaptation(now.places(sample(len(now.world))), radius, pose)
        if not fading or now.course is None:
            return light
        course = fading[-1].course
        before = adaptation(course.places(sample(len(fading[-1].world))), radius, pose)
        return before + (light - before) * course.share
