# nix run 'path:.'   in a folder with this file, or add it as an input of your flake
{
  description = "Hands-on kit for learning and using OpenTelemetry";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      version = "{{version}}";
      releases = {
        x86_64-linux = { target = "linux-x64"; sha256 = "{{sha256_linux_x64}}"; };
        aarch64-linux = { target = "linux-arm64"; sha256 = "{{sha256_linux_arm64}}"; };
        x86_64-darwin = { target = "darwin-x64"; sha256 = "{{sha256_darwin_x64}}"; };
        aarch64-darwin = { target = "darwin-arm64"; sha256 = "{{sha256_darwin_arm64}}"; };
      };
      packageFor = system: { target, sha256 }:
        let
          pkgs = nixpkgs.legacyPackages.${system};
        in
        pkgs.stdenv.mkDerivation {
          pname = "otel-kit";
          inherit version;
          src = pkgs.fetchurl {
            url = "{{repository}}/releases/download/v${version}/otel-kit-${version}-${target}.tar.gz";
            inherit sha256;
          };
          nativeBuildInputs = [ pkgs.installShellFiles ]
            ++ pkgs.lib.optionals pkgs.stdenv.hostPlatform.isLinux [ pkgs.autoPatchelfHook ];
          buildInputs = pkgs.lib.optionals pkgs.stdenv.hostPlatform.isLinux [ pkgs.stdenv.cc.cc.lib ];
          # The program is appended to the runtime, and stripping would remove it.
          dontStrip = true;
          installPhase = ''
            install -D otel-kit $out/bin/otel-kit
            installShellCompletion completions/otel-kit.{bash,zsh,fish}
          '';
          meta = {
            description = "Hands-on kit for learning and using OpenTelemetry";
            homepage = "{{repository}}";
            license = pkgs.lib.licenses.asl20;
            mainProgram = "otel-kit";
            platforms = builtins.attrNames releases;
          };
        };
    in
    {
      packages = builtins.mapAttrs
        (system: release: { default = packageFor system release; })
        releases;
    };
}
