package dev.x402.siwx;

import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one payment bought.
 *
 * @param network that it was paid on
 * @param bought when; to the second
 * @param until when it ends; to the second
 * @param left requests that are left, or {@link #ANY}
 */
record Purchase(PaymentKey key, Network network, Instant bought, Instant until, int left) {
    static final int ANY = -1;

    /** What is not counted before what is, and what ends first before the rest. */
    static final Comparator<Purchase> FIRST_TO_USE =
            Comparator.comparing((Purchase one) -> one.left != ANY).thenComparing(Purchase::until);

    private static final int FORMAT = 1;

    boolean isOver(Instant now) {
        return !until.isAfter(now);
    }

    boolean opens(Instant now) {
        return left != 0 && !isOver(now);
    }

    Purchase withLeft(int number) {
        return new Purchase(key, network, bought, until, number);
    }

    static Bytes write(List<Purchase> purchases) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * purchases.size() + 3);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeShort(purchases.size());
            for (Purchase one : purchases) {
                out.writeUTF(one.key.value());
                out.writeUTF(one.network.toString());
                out.writeLong(one.bought.getEpochSecond());
                out.writeLong(one.until.getEpochSecond());
                out.writeInt(one.left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    static List<Purchase> read(Bytes stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.toArray()))) {
            if (in.readByte() != FORMAT) {
                throw new IllegalStateException("entitlement: expected format " + FORMAT + ", saw another");
            }
            int number = in.readShort();
            List<Purchase> purchases = new ArrayList<>(number);
            for (int i = 0; i < number; i++) {
                purchases.add(new Purchase(
                        new PaymentKey(in.readUTF()),
                        Network.parse(in.readUTF()),
                        Instant.ofEpochSecond(in.readLong()),
                        Instant.ofEpochSecond(in.readLong()),
                        in.readInt()));
            }
            return purchases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
