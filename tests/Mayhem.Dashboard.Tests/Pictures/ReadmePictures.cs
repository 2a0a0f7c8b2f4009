using System.Diagnostics;
using Mayhem.Dashboard.Tests.Browser;
using Mayhem.Testing;
using Microsoft.Playwright;

namespace Mayhem.Dashboard.Tests.Pictures;

/// <summary>The pictures of the README, of a real run. They are written only if <c>MAYHEM_PICTURES</c> names the folder; otherwise the tests see only that they could be.</summary>
[Collection(Chromium.Collection)]
public sealed class ReadmePictures(Chromium chromium) : IDisposable
{
    private const int Columns = 120;
    private const int Lines = 42;

    private const string Look = """
        body { margin: 0; padding: 18px 22px; background: #17181b; width: max-content; }
        pre { margin: 0; color: #d6d7d9; font: 13px/1.28 "DejaVu Sans Mono", monospace; }
        .bold { font-weight: 700; color: #fff; } .faint, .c8 { color: #8b9096; }
        .c1, .c9 { color: #f0776c; } .c2, .c10 { color: #6fcf9b; } .c3, .c11 { color: #e3b65c; } .c6, .c14 { color: #7fc6d6; }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Dashboard_OfARealRun_ShowsItsTroubles()
    {
        using var mayhem = MayhemProcess.Start(folder.Path, "up --rate 12 --chaos 0.35 --seed 4711 --hosts 8 --port 0");
        await Eventually.HoldsAsync(() => Url(mayhem.Output) is not null, "mayhem up tells where its dashboard is", TimeSpan.FromMinutes(2));
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 860 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);

        await page.GotoAsync(Url(mayhem.Output)!);
        await page.Locator("#hosts tbody tr").Nth(2).WaitForAsync();
        await page.Locator("#in-flight tbody tr").First.WaitForAsync();
        await SettleAsync();
        Keep("dashboard.png", await page.ScreenshotAsync());
        await page.Locator("#hosts td.wide a", new PageLocatorOptions { HasTextString = "RestartFailedException" }).First.ClickAsync();
        await page.Locator(".frame.ours td.value").First.WaitForAsync();
        await context.CloseAsync();
    }

    [Fact]
    public async Task Terminal_OfARealRun_ShowsItsTroubles()
    {
        var screen = new TerminalScreen(Columns, Lines);
        using var script = new Process
        {
            StartInfo = new ProcessStartInfo("script", ["-qfec", $"stty cols {Columns} rows {Lines}; exec '{Path.Combine(AppContext.BaseDirectory, "mayhem")}' up --rate 12 --chaos 0.35 --seed 4711 --hosts 8 --port 0", "/dev/null"])
            {
                WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false, Environment = { ["TERM"] = "xterm-256color" },
            },
        };
        script.Start();
        var reading = ReadAsync(script.StandardOutput, screen);
        await Eventually.HoldsAsync(() => Html(screen).Contains("RetriesExhausted", StringComparison.Ordinal), "a message has used up its attempts", TimeSpan.FromMinutes(2));
        await SettleAsync();
        var html = Html(screen);
        script.Kill(entireProcessTree: true);
        await reading;

        Assert.Contains("In flight", html, StringComparison.Ordinal);
        Assert.Single(html.Split('\n'), line => line.Contains("mayhem up: seed", StringComparison.Ordinal));
        Assert.Contains("dashboard http://localhost:", html, StringComparison.Ordinal);
        var page = await chromium.Browser.NewPageAsync();
        await page.SetContentAsync($"<style>{Look}</style><pre>{html}</pre>");
        Keep("terminal.png", await page.Locator("body").ScreenshotAsync());
        await page.CloseAsync();
    }

    // A little of the run is to be seen in the charts; without pictures there is nothing to wait for.
    private static Task SettleAsync() => Target is null ? Task.CompletedTask : Task.Delay(TimeSpan.FromSeconds(60), TimeProvider.System);

    private static string? Target => Environment.GetEnvironmentVariable("MAYHEM_PICTURES");

    private static void Keep(string name, byte[] picture)
    {
        Assert.True(picture.Length > 10_000, $"{name} is empty.");
        if (Target is not { Length: > 0 } target)
            return;
        Directory.CreateDirectory(target);
        File.WriteAllBytes(Path.Combine(target, name), picture);
    }

    private static string? Url(IEnumerable<string> output) => output.FirstOrDefault(line => line.StartsWith("dashboard ", StringComparison.Ordinal))?["dashboard ".Length..];

    private static string Html(TerminalScreen screen)
    {
        lock (screen)
            return screen.ToHtml();
    }

    private static async Task ReadAsync(StreamReader output, TerminalScreen screen)
    {
        var buffer = new char[4096];
        while (await output.ReadAsync(buffer) is > 0 and var count)
        {
            lock (screen)
                screen.Write(new string(buffer, 0, count));
        }
    }
}
