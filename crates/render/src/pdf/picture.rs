//! Images of the PDF: PDF/A-1 allows no transparency and only colours that
//! its output intent describes, and no interpolation.

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};

use super::place::{BOTTOM, TOP};
use crate::picture::{MAX_PIXELS, Picture, PictureKind, jpeg_frame};
use crate::rules;
use dcc_base::problem::{Problem, Problems};

/// The images of a document, each decoded once.
#[derive(Default)]
pub(super) struct Pictures {
    /// By the address of their bytes, which equal images share.
    known: HashMap<*const u8, Result<Image, &'static str>>,
    /// What kept some from being shown.
    pub(super) problems: Problems,
}

impl Pictures {
    /// The image, fit for PDF/A-1.
    ///
    /// # Errors
    /// In French, why it cannot be shown.
    pub(super) fn image(&mut self, picture: &Picture) -> Result<Image, &'static str> {
        let key = picture.bytes.as_ptr();
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let image = image(&picture.bytes);
        if let Err(why) = &image {
            self.problems
                .push(Problem::new(&rules::IMAGE, picture.path.as_str()).found(why));
        }
        self.known.insert(key, image.clone());
        image
    }
}

/// Points per pixel at 110 dots per inch.
const PIXEL: f32 = 72.0 / 110.0;

/// RGB pixels without transparency.
#[derive(Clone, Hash)]
struct Opaque {
    pixels: Vec<u8>,
    width: u32,
    height: u32,
}

impl CustomImage for Opaque {
    fn color_channel(&self) -> &[u8] {
        &self.pixels
    }
    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }
    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }
    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }
    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }
    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}

/// An image fit for PDF/A-1.
///
/// # Errors
/// In French, why it cannot be shown.
pub(super) fn image(bytes: &[u8]) -> Result<Image, &'static str> {
    // a decoder that fails on a damaged file fails for this image alone
    catch_unwind(AssertUnwindSafe(|| decode(bytes))).unwrap_or(Err(UNREADABLE))
}

const UNREADABLE: &str = "fichier illisible";

fn decode(bytes: &[u8]) -> Result<Image, &'static str> {
    match PictureKind::of(bytes) {
        Some(PictureKind::Png) => png(bytes),
        Some(PictureKind::Jpeg) => {
            let (width, height, components) = jpeg_frame(bytes).ok_or(UNREADABLE)?;
            check_size(width, height)?;
            if components == 4 {
                return Err("JPEG en quadrichromie");
            }
            Image::from_jpeg(bytes.to_vec().into(), false).map_err(|_| UNREADABLE)
        }
        _ => Err("seuls PNG et JPEG sont repris dans le PDF"),
    }
}

fn check_size(width: u32, height: u32) -> Result<(), &'static str> {
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err("image trop grande");
    }
    Ok(())
}

/// A PNG as opaque RGB on white.
fn png(bytes: &[u8]) -> Result<Image, &'static str> {
    const UNREADABLE: &str = "PNG illisible";
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| UNREADABLE)?;
    check_size(reader.info().width, reader.info().height)?;
    let mut buffer = vec![0; reader.output_buffer_size().ok_or(UNREADABLE)?];
    let frame = reader.next_frame(&mut buffer).map_err(|_| UNREADABLE)?;
    let data = buffer.get(..frame.buffer_size()).ok_or(UNREADABLE)?;
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let mut pixels = Vec::with_capacity(frame.width as usize * frame.height as usize * 3);
    match frame.color_type {
        png::ColorType::Rgb => pixels.extend_from_slice(data),
        png::ColorType::Rgba => {
            for p in data.chunks_exact(4) {
                pixels.extend(p[..3].iter().map(|v| over(*v, p[3])));
            }
        }
        png::ColorType::Grayscale => {
            for v in data {
                pixels.extend([*v; 3]);
            }
        }
        png::ColorType::GrayscaleAlpha => {
            for p in data.chunks_exact(2) {
                pixels.extend([over(p[0], p[1]); 3]);
            }
        }
        png::ColorType::Indexed => return Err(UNREADABLE),
    }
    if pixels.len() != frame.width as usize * frame.height as usize * 3 {
        return Err(UNREADABLE);
    }
    let image = Opaque {
        pixels,
        width: frame.width,
        height: frame.height,
    };
    Image::from_custom(image, false).map_err(|_| UNREADABLE)
}

/// Width and height in points at 110 dots an inch.
pub(super) fn natural_size(image: &Image) -> (f32, f32) {
    let (width, height) = image.size();
    (width as f32 * PIXEL, height as f32 * PIXEL)
}

/// Width and height in a column, on one page at most.
pub(super) fn fit(image: &Image, column: f32) -> (f32, f32) {
    let (width, height) = natural_size(image);
    let room = (BOTTOM - TOP) * 0.6;
    let scale = (column / width).min(room / height).min(1.0);
    ((width * scale).max(1.0), (height * scale).max(1.0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn png_of(color: png::ColorType, data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, 2, 1);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        out
    }

    #[test]
    fn png_of_any_kind_is_read_and_a_broken_one_is_refused() {
        let rgba = png_of(png::ColorType::Rgba, &[255, 0, 0, 255, 0, 0, 0, 0]);
        assert_eq!(image(&rgba).unwrap().size(), (2, 1));
        let grey = png_of(png::ColorType::Grayscale, &[0, 255]);
        assert_eq!(image(&grey).unwrap().size(), (2, 1));
        assert!(image(&rgba[..rgba.len() / 2]).is_err());
        assert!(image(b"GIF89a").is_err());
        assert!(image(&[0xFF, 0xD8, 0xFF, 0xD9]).is_err());
        assert!(image(&[0xFF, 0xD8, 0xFF, 0xC0, 0, 8]).is_err());
    }

    #[test]
    fn no_damaged_image_escapes() {
        let data: Vec<u8> = (0..8).collect();
        let whole = png_of(png::ColorType::Rgba, &data);
        let mut seed = 1_u64;
        for _ in 0..4000 {
            let mut bytes = whole.clone();
            for _ in 0..1 + seed % 4 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = (seed >> 33) as usize % bytes.len();
                bytes[at] = (seed >> 17) as u8;
            }
            let _ = image(&bytes);
        }
    }
}
