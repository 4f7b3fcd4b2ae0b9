package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes a picture smaller and answers with a JPEG; never larger than it came. Steps and quality are fixed, so that every
 * node with the same Java answers with the same bytes. Query parameter {@code width} overrides the specification's.
 *
 * <p>Answers 415 for what is no picture that Java can read, 413 for more than 16 million pixels (looked up before
 * decoding: a few kilobytes of PNG can claim gigabytes) or a width for which more of them were needed than are decoded,
 * 400 for a width that is none.
 */
final class PictureResize implements Builtin {
    private static final long MAX_PIXELS = 16_000_000;
    /** Readers take memory for each row. */
    private static final int MAX_SIDE = 20_000;
    /** Of larger pictures only every second or third pixel is decoded: 16 million take up to 128 MB. */
    private static final int MAX_DECODED = 4_000_000;

    private static final int MAX_WIDTH = 8192;
    private static final Headers JPEG = Headers.of("Content-Type", "image/jpeg");

    private final int width;
    private final float quality;

    private PictureResize(int width, float quality) {
        this.width = width;
        this.quality = quality;
    }

    static PictureResize of(BuiltinSpec spec) {
        if (System.getProperty("java.awt.headless") == null) {
            // Before AWT is loaded: with a DISPLAY in its environment a node would open a connection to a screen.
            System.setProperty("java.awt.headless", "true");
        }
        return new PictureResize(
                (int) spec.wholeNumber("width", 320, 1, MAX_WIDTH), (float) spec.fraction("quality", 0.8));
    }

    @Override
    public void run(Request request, BuiltinExecution execution) {
        int wanted = QueryText.number(request.query(), "width", width);
        if (wanted < 1 || wanted > MAX_WIDTH) {
            execution.answer(Answers.text(400, "width must be a number from 1 to " + MAX_WIDTH + "\n"));
            return;
        }
        execution.answerWith(() -> resized(request.body(), wanted));
    }

    Response resized(ByteBuffer body, int wanted) throws IOException {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        // Streams in memory: ImageIO's usual ones keep a file for each picture.
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return Answers.text(415, "the body is not a picture\n");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
                    return Answers.text(
                            413,
                            "the picture has more than " + MAX_PIXELS + " pixels, or one side more than " + MAX_SIDE
                                    + "\n");
                }
                int step = step(width, height);
                if (parts(width, step) < Math.min(width, wanted)) {
                    return Answers.text(413, "from this picture, width must be at most " + parts(width, step) + "\n");
                }
                ImageReadParam everyStep = reader.getDefaultReadParam();
                everyStep.setSourceSubsampling(step, step, 0, 0);
                return new Response(200, JPEG, jpeg(smaller(reader.read(0, everyStep), wanted)));
            } catch (IOException | RuntimeException ignored) {
                // Readers meet broken files with exceptions of all kinds; to the sender they all mean the same.
                return Answers.text(415, "the picture cannot be read\n");
            } finally {
                reader.dispose();
            }
        }
    }

    /** Every how many pixels one is decoded, in both directions. */
    private static int step(int width, int height) {
        int step = 1;
        while ((long) parts(width, step) * parts(height, step) > MAX_DECODED) {
            step++;
        }
        return step;
    }

    private static int parts(int length, int step) {
        return (length + step - 1) / step;
    }

    /** Halves as long as that is not too small, then goes to the size wanted: one big bilinear step would skip pixels. */
    private static BufferedImage smaller(BufferedImage original, int wanted) {
        BufferedImage image = original;
        while (image.getWidth() / 2 >= wanted) {
            image = scaled(image, image.getWidth() / 2, Math.max(1, image.getHeight() / 2));
        }
        if (image.getWidth() > wanted) {
            long height = Math.round((double) original.getHeight() * wanted / original.getWidth());
            image = scaled(image, wanted, (int) Math.max(1, height));
        }
        // JPEG knows neither transparency nor palettes, so a picture that was small enough is drawn once too.
        return image == original ? scaled(image, image.getWidth(), image.getHeight()) : image;
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        return result;
    }

    private ByteBuffer jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return ByteBuffer.wrap(bytes.toByteArray()).asReadOnlyBuffer();
    }
}
