package dev.x402.scheme.exact.svm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts that keys of Solana signed, as their bytes are; no cluster is asked. */
final class SvmAccounts implements PaymentScheme.Accounts {
    /** A transaction begins with a smaller number of signers, or with a version above 127. */
    private static final char FIRST_PRINTABLE = ' ';

    private final Optional<SvmSigner> signer;

    SvmAccounts(Optional<SvmSigner> signer) {
        this.signer = signer;
        if (signer.isPresent() && SvmAddress.find(signer.get().address()).isEmpty()) {
            throw new IllegalArgumentException("SvmSigner.address: expected base 58 of 32 bytes");
        }
    }

    @Override
    public String family() {
        return "Solana";
    }

    @Override
    public String type() {
        return "ed25519";
    }

    @Override
    public Optional<String> own(Network network) {
        return signer.filter(key -> SvmRail.isCluster(network)).map(SvmSigner::address);
    }

    @Override
    public String sign(Network network, String message) {
        SvmSigner key = signer.filter(present -> SvmRail.isCluster(network))
                .orElseThrow(() -> new IllegalStateException(
                        "SvmSigner: expected a key for " + network + ", saw none; give it as a port"));
        byte[] bytes = bytes(message);
        if (bytes == null || message.isEmpty() || message.charAt(0) < FIRST_PRINTABLE) {
            throw new IllegalArgumentException(
                    "message: expected Unicode that begins with a printable character, saw what could be a transaction");
        }
        byte[] signature = key.sign(bytes.clone());
        SvmAddress account = SvmAddress.of(key.address());
        if (!Ed25519.verify(account, bytes, signature)) {
            throw new IllegalStateException("signer " + account + ": expected 64 bytes of Ed25519 by its key, saw"
                    + " something else; check which key the signer uses");
        }
        return Base58Text.of(signature);
    }

    @Override
    public boolean proves(Network network, String account, String message, String signature, Instant by) {
        Optional<SvmAddress> address = SvmAddress.find(account);
        byte[] signed = Base58Text.parse(signature, Ed25519.SIGNATURE);
        if (address.isEmpty() || signed == null || !SvmRail.isCluster(network)) {
            return false;
        }
        byte[] bytes = bytes(message);
        return bytes != null && Ed25519.verify(address.get(), bytes, signed);
    }

    /** Null when the text has half of a surrogate pair, which has no bytes. */
    private static byte @Nullable [] bytes(String message) {
        ByteBuffer encoded;
        try {
            encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(message));
        } catch (CharacterCodingException noText) {
            return null;
        }
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
