//! Pictures, of files and of the camera, as the module that reads QR codes takes them.

use candor_protocol::scan::{LARGEST_SIDE, Picture};
use js_sys::Promise;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

/// Larger files are no pictures that anyone took of a code.
const LARGEST_FILE: f64 = 40_000_000.0;

async fn settled<T: JsCast>(promise: Result<Promise, JsValue>) -> Option<T> {
    JsFuture::from(promise.ok()?).await.ok()?.dyn_into().ok()
}

/// The picture in a file; nothing if the browser finds none in it.
pub async fn of_file(file: &File) -> Option<Picture> {
    if file.size() > LARGEST_FILE {
        return None;
    }
    let bitmap: ImageBitmap = settled(window().create_image_bitmap_with_blob(file)).await?;
    drawn(bitmap.width(), bitmap.height(), |canvas, width, height| {
        canvas.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
    })
}

/// What a video shows now; nothing before it shows anything.
#[must_use]
pub fn of_video(video: &HtmlVideoElement) -> Option<Picture> {
    drawn(video.video_width(), video.video_height(), |canvas, width, height| {
        canvas.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width, height)
    })
}

/// The shades of what is drawn, made smaller if it is large.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most the largest side, and positive"
)]
#[expect(clippy::cast_precision_loss, reason = "the largest side is small")]
fn drawn(
    width: u32,
    height: u32,
    draw: impl FnOnce(&CanvasRenderingContext2d, f64, f64) -> Result<(), JsValue>,
) -> Option<Picture> {
    if width == 0 || height == 0 {
        return None;
    }
    let scale = (LARGEST_SIDE as f64 / f64::from(width.max(height))).min(1.0);
    let side = |length: u32| (f64::from(length) * scale).floor().max(1.0);
    let (width, height) = (side(width), side(height));
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // What is see-through in a picture is seen on white.
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, width, height);
    draw(&context, width, height).ok()?;
    let colours = context.get_image_data(0.0, 0.0, width, height).ok()?.data();
    let shades: Vec<u8> = colours.chunks_exact(4).map(shade).collect();
    Some(Picture { width: width as u32, shades: hex::encode(shades) })
}

/// How bright red, green and blue look together, after ITU-R BT.601.
fn shade(colour: &[u8]) -> u8 {
    let part = |at: usize, weight: u32| u32::from(colour.get(at).copied().unwrap_or_default()) * weight;
    u8::try_from((part(0, 299) + part(1, 587) + part(2, 114)) / 1000).unwrap_or(u8::MAX)
}

/// A camera that is on. Dropping it switches it off.
#[derive(Debug)]
pub struct Camera(MediaStream);

impl Camera {
    /// Asks the browser for one, which asks the person; the one that looks away from the screen, if there are several.
    pub async fn open() -> Option<Self> {
        let wanted = MediaStreamConstraints::new();
        wanted.set_video(&crate::browser::object(&[("facingMode", "environment".into())]));
        let devices = window().navigator().media_devices().ok()?;
        settled(devices.get_user_media_with_constraints(&wanted)).await.map(Self)
    }

    /// Lets a video show what it sees.
    pub fn show(&self, video: &HtmlVideoElement) {
        video.set_src_object(Some(&self.0));
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}
