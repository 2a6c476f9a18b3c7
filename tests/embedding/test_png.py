import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from embedding.errors import InputError
from embedding.png import png_bytes, to_palette, write_png

images = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(1, 7), st.integers(1, 7), st.just(3)),
    elements=st.integers(0, 255),
)


def chunks(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, []
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(
            kind + body
        )
        found.append((kind, body))
        at += 12 + length
    return found


def decode(data):
    """Read a PNG as the specification says, filter by filter."""
    parts = dict(chunks(data))
    width, height, depth, kind, *rest = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert depth == 8
    assert rest == [0, 0, 0]
    step = 3 if kind == 2 else 1
    raw = zlib.decompress(parts[b"IDAT"])
    stride = width * step
    above, lines = [0] * stride, []
    for row in range(height):
        start = row * (stride + 1)
        filter_type, line = raw[start], list(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            a = line[i - step] if i >= step else 0
            b, c = above[i], above[i - step] if i >= step else 0
            nearest = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, nearest)[filter_type]) % 256
        above = line
        lines.append(line)
    out = np.array(lines, np.uint8)
    if kind == 3:
        return np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)[out]
    return out.reshape(height, width, 3)


@settings(deadline=None)
@given(images)
def test_an_image_comes_back_exactly(image):
    np.testing.assert_array_equal(decode(png_bytes(image)), image)


@settings(deadline=None)
@given(images)
def test_a_palette_with_room_for_all_colours_changes_nothing(image):
    np.testing.assert_array_equal(decode(png_bytes(image, colours=256)), image)


def test_every_filter_is_tried_and_smooth_images_become_small():
    y, x = np.mgrid[:200, :200]
    smooth = np.stack((x, y, (x + y) // 2), axis=2).astype(np.uint8)
    data = png_bytes(smooth)
    np.testing.assert_array_equal(decode(data), smooth)
    assert len(data) < smooth.size / 50


def test_a_small_palette_stays_near_the_image():
    y, x = np.mgrid[:64, :64]
    image = np.stack((x * 2, y * 4, x + y), axis=2).astype(np.uint8)
    decoded = decode(png_bytes(image, colours=256)).astype(int)
    assert len(np.unique(decoded.reshape(-1, 3), axis=0)) <= 256
    assert np.abs(decoded - image).mean() < 6
    np.testing.assert_array_equal(decoded, decode(png_bytes(image, colours=256)))


def test_a_palette_takes_a_third_of_the_size():
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 3)).astype(np.uint8)
    assert len(png_bytes(noise, colours=256)) < 0.45 * len(png_bytes(noise))


def test_the_palette_says_which_colour_each_pixel_is():
    image = np.array([[[1, 2, 3], [4, 5, 6]], [[4, 5, 6], [4, 5, 6]]], np.uint8)
    palette, index = to_palette(image, 2)
    np.testing.assert_array_equal(palette[index], image)
    assert len(palette) == 2


@pytest.mark.parametrize(
    "bad",
    [
        np.zeros((2, 2, 3)),
        np.zeros((2, 2), np.uint8),
        np.zeros((2, 2, 4), np.uint8),
        np.zeros((0, 2, 3), np.uint8),
    ],
)
def test_what_is_no_image_is_refused(bad):
    with pytest.raises(ValueError, match="an image is uint8"):
        png_bytes(bad)


@pytest.mark.parametrize("colours", [0, 1, 257])
def test_a_palette_of_no_or_too_many_colours_is_refused(colours):
    with pytest.raises(ValueError, match="2 to 256"):
        png_bytes(np.zeros((2, 2, 3), np.uint8), colours=colours)


def test_it_writes_to_a_path_and_to_a_buffer_the_same(tmp_path):
    image = np.random.default_rng(1).integers(0, 256, (5, 4, 3)).astype(np.uint8)
    buffer = BytesIO()
    write_png(buffer, image)
    write_png(tmp_path / "a.png", image)
    write_png(str(tmp_path / "b.png"), image, colours=256)
    assert (tmp_path / "a.png").read_bytes() == buffer.getvalue()
    np.testing.assert_array_equal(decode((tmp_path / "b.png").read_bytes()), image)


def test_a_place_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(InputError, match="folder does not exist"):
        write_png(tmp_path / "no" / "a.png", np.zeros((2, 2, 3), np.uint8))
