package dev.x402.scheme.exact.evm;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import java.time.Instant;
import java.util.Optional;

/**
 * Texts that accounts of EVM chains signed: by keys (EIP-191), else as contract wallets on the named chain say.
 *
 * <p>A key's signature is judged here; a node is asked for the others alone, where one of the network was given.
 */
final class EvmAccounts implements PaymentScheme.Accounts {
    /** More than any wallet signs with, and than a header holds. */
    private static final int LARGEST_SIGNATURE = 8 * 1024;

    private final Optional<EvmSigner> signer;
    private final Optional<Wallets> wallets;
    private final Recovery recovery = Recovery.fastest();

    EvmAccounts(Optional<EvmSigner> signer, Optional<Wallets> wallets) {
        this.signer = signer;
        this.wallets = wallets;
        if (signer.isPresent() && Address.find(signer.get().address()).isEmpty()) {
            throw new IllegalArgumentException("EvmSigner.address: expected 0x and 40 hexadecimal digits");
        }
    }

    @Override
    public String family() {
        return "Ethereum";
    }

    @Override
    public String type() {
        return "eip191";
    }

    @Override
    public Optional<String> own(Network network) {
        return signer.filter(key -> Token.chainId(network).isPresent())
                .flatMap(key -> Address.find(key.address()))
                .map(Address::toString);
    }

    @Override
    public String sign(Network network, String message) {
        EvmSigner key = signer.filter(present -> Token.chainId(network).isPresent())
                .orElseThrow(() -> new IllegalStateException(
                        "EvmSigner: expected a key for " + network + ", saw none; give it as a port"));
        byte[] digest = PersonalMessage.digest(message);
        if (digest == null) {
            throw new IllegalArgumentException("message: expected Unicode, saw half of a surrogate pair");
        }
        return Hex.of(Digests.sign(key, digest, recovery).toBytes());
    }

    @Override
    public boolean proves(Network network, String account, String message, String signature, Instant by) {
        Optional<Address> address = Address.find(account)
                .filter(found -> !found.isZero() && found.toString().equals(account));
        byte[] bytes = Hex.parse(signature, LARGEST_SIGNATURE);
        if (address.isEmpty()
                || bytes == null
                || bytes.length == 0
                || Token.chainId(network).isEmpty()) {
            return false;
        }
        byte[] digest = PersonalMessage.digest(message);
        if (digest == null) {
            return false;
        }
        if (!Counterfactual.isWrapped(bytes)) {
            return isOfKey(address.get(), digest, bytes)
                    || wallets.filter(chain -> chain.serve(network))
                            .map(chain -> chain.accept(network, address.get(), digest, bytes, by))
                            .orElse(false);
        }
        Counterfactual wrapped = Counterfactual.parse(bytes);
        return wrapped != null
                && (isOfKey(address.get(), digest, wrapped.signature().toArray())
                        || wallets.filter(chain -> chain.serve(network))
                                .map(chain -> chain.accept(network, address.get(), digest, wrapped, by))
                                .orElse(false));
    }

    /** In the one form that wallets give: r, a low s, and v of 27 or 28. */
    private boolean isOfKey(Address address, byte[] digest, byte[] bytes) {
        if (bytes.length != Signature.SIZE || bytes[Signature.SIZE - 1] < 27) {
            return false;
        }
        Signature signature = Signature.parse(bytes);
        Address signed = signature == null ? null : recovery.recover(digest, signature);
        return signed != null && signed.equals(address);
    }
}
