import { isLoopbackUrl, isPublicUrl } from "../../src/http/public-url";

describe("a URL that leads to this machine", () => {
  it.each([
    "http://localhost:8400/hook",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://localhost../",
    "http://app.localhost/",
    "http://127.0.0.1/",
    "http://127.255.255.254/",
    "http://127.1/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://2130706433/",
    "http://１２７.0.0.1/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
  ])("%s is loopback and not public", (url) => {
    expect(isLoopbackUrl(new URL(url))).toBe(true);
    expect(isPublicUrl(new URL(url))).toBe(false);
  });

  it.each([
    "https://localhost.example.com/",
    "https://127.0.0.1.example.com/",
    "https://127.example.com/",
    "https://notlocalhost/",
    "https://128.0.0.1/",
  ])("%s only looks like it", (url) => {
    expect(isLoopbackUrl(new URL(url))).toBe(false);
  });
});

describe("a URL that nobody on the internet can reach", () => {
  it.each([
    "https://0.0.0.0/",
    "https://0/",
    "https://10.1/",
    "https://10.255.255.255/",
    "https://100.64.0.1/",
    "https://100.127.255.255/",
    "https://169.254.169.254/latest/meta-data",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.0.0.170/",
    "https://192.168.1/",
    "https://0xc0a80101/",
    "https://198.19.255.255/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b:1::10.0.0.1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001::1]/",
    "https://[fc00::1]/",
    "https://[fdff::1]/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://intranet/",
    "https://intranet./",
    "https://printer.local/",
    "https://vault.internal/",
    "https://vault.internal./",
    "https://nas.home.arpa/",
  ])("%s is not public", (url) => {
    expect(isPublicUrl(new URL(url))).toBe(false);
    expect(isLoopbackUrl(new URL(url))).toBe(false);
  });
});

describe("a URL that everybody can reach", () => {
  it.each([
    "https://hooks.example.com/trigger/1",
    "https://hooks.example.com./",
    "https://local.example.com/",
    "https://internal.example.com/",
    "https://bücher.example/",
    "https://8.8.8.8/",
    "https://9.255.255.255/",
    "https://11.0.0.0/",
    "https://100.63.255.255/",
    "https://100.128.0.0/",
    "https://172.15.255.255/",
    "https://172.32.0.0/",
    "https://192.167.255.255/",
    "https://198.17.255.255/",
    "https://223.255.255.255/",
    "https://[2606:4700:4700::1111]/",
    "https://[2a00:1450:4001:80f::200e]/",
  ])("%s is public", (url) => {
    expect(isPublicUrl(new URL(url))).toBe(true);
  });
});
