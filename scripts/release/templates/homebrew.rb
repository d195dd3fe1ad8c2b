class OtelKit < Formula
  desc "Hands-on kit for learning and using OpenTelemetry"
  homepage "{{repository}}"
  version "{{version}}"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "{{url_darwin_arm64}}"
      sha256 "{{sha256_darwin_arm64}}"
    end
    on_intel do
      url "{{url_darwin_x64}}"
      sha256 "{{sha256_darwin_x64}}"
    end
  end

  on_linux do
    on_arm do
      url "{{url_linux_arm64}}"
      sha256 "{{sha256_linux_arm64}}"
    end
    on_intel do
      url "{{url_linux_x64}}"
      sha256 "{{sha256_linux_x64}}"
    end
  end

  def install
    bin.install "otel-kit"
    bash_completion.install "completions/otel-kit.bash" => "otel-kit"
    zsh_completion.install "completions/otel-kit.zsh" => "_otel-kit"
    fish_completion.install "completions/otel-kit.fish"
  end

  test do
    assert_equal "otel-kit #{version}", shell_output("#{bin}/otel-kit --version").strip
  end
end
