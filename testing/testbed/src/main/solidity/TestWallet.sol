// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// A contract wallet for tests: by EIP-1271 it accepts what its owner signed.
contract TestWallet {
    address public owner;

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 65) {
            return 0xffffffff;
        }
        address signer = ecrecover(
            hash, uint8(signature[64]), bytes32(signature[0:32]), bytes32(signature[32:64])
        );
        return signer != address(0) && signer == owner ? this.isValidSignature.selector : bytes4(0xffffffff);
    }

    receive() external payable {}
}
