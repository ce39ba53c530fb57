package dev.x402.siwx;

import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Who is signed in by a token.
 *
 * @param rotates when the token is to be replaced
 * @param replaced whether it was, so that it is good for moments only
 */
record Session(String tenant, SignedIn who, Instant end, Instant rotates, boolean replaced) {
    private static final int FORMAT = 1;

    Session replacedNow() {
        return new Session(tenant, who, end, rotates, true);
    }

    Session rotatingAt(Instant moment) {
        return new Session(tenant, who, end, moment, false);
    }

    Bytes write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(tenant);
            out.writeUTF(who.network().toString());
            out.writeUTF(who.account());
            out.writeBoolean(who.everywhere());
            byte[] key = who.key().map(Bytes::toArray).orElse(new byte[0]);
            out.writeByte(key.length);
            out.write(key);
            out.writeLong(end.toEpochMilli());
            out.writeLong(rotates.toEpochMilli());
            out.writeBoolean(replaced);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    static Session read(Bytes stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.toArray()))) {
            if (in.readByte() != FORMAT) {
                throw new IllegalStateException("session: expected format " + FORMAT + ", saw another");
            }
            String tenant = in.readUTF();
            Network network = Network.parse(in.readUTF());
            String account = in.readUTF();
            boolean everywhere = in.readBoolean();
            byte[] key = in.readNBytes(in.readByte());
            return new Session(
                    tenant,
                    new SignedIn(
                            network,
                            account,
                            everywhere,
                            key.length == 0 ? Optional.empty() : Optional.of(Bytes.of(key))),
                    Instant.ofEpochMilli(in.readLong()),
                    Instant.ofEpochMilli(in.readLong()),
                    in.readBoolean());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who is signed in. */
    @Override
    public String toString() {
        return "session of " + who;
    }
}
