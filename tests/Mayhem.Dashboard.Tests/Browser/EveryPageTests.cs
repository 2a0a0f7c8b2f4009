using Microsoft.Playwright;

namespace Mayhem.Dashboard.Tests.Browser;

public sealed class EveryPageTests(Chromium chromium) : BrowserTest(chromium)
{
    private static readonly string[] Pages = ["/", "/dead-letters", "/reports", "/restarts", "/rules"];

    [Theory]
    [InlineData(1360, ColorScheme.Light)]
    [InlineData(1360, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task Page_AnyWidthAndScheme_FitsAndHasNoComplaint(int width, ColorScheme scheme)
    {
        await using var visit = await Visit.BeginAsync(Chromium, Stage, width, scheme);
        foreach (var path in await AllAsync())
        {
            await visit.ToAsync(path);
            await visit.SeesAsync("h1");
            await visit.Page.WaitForFunctionAsync("() => document.querySelector('tbody tr, .frame, .empty')");

            var surplus = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(surplus <= 0, $"{path} is {surplus} pixels wider than {width}.");
        }

        Assert.Empty(visit.Complaints);
        Assert.All(visit.Asked, authority => Assert.Equal(Stage.Url.Authority, authority));
    }

    [Fact]
    public async Task Page_ForScreenReaders_HasLandmarksHeadingsAndCaptions()
    {
        foreach (var path in await AllAsync())
        {
            await Visit.ToAsync(path);
            await Visit.SeesAsync("h1");

            Assert.Equal(1, await CountAsync("h1"));
            Assert.Equal(1, await CountAsync("main"));
            Assert.Equal(1, await CountAsync("html[lang=en]"));
            Assert.Equal(1, await CountAsync("nav[aria-label=Pages] a[aria-current=page]"));
            Assert.Equal(0, await CountAsync("table:not(:has(caption))"));
            Assert.Equal(0, await CountAsync("th:not([scope])"));
            Assert.Equal(0, await CountAsync("section:not([aria-labelledby])"));
            Assert.Equal(0, await CountAsync("img:not([alt])"));
            Assert.Equal(0, await CountAsync("label:not(:has(input, select, textarea))"));
            Assert.True(await CountAsync("[role=status], [role=alert]") <= 6, $"{path} speaks too much.");
        }
    }

    [Fact]
    public async Task Page_ByKeyboard_SkipsToTheContentAndShowsTheFocus()
    {
        await Stage.KillAsync(1);
        await Visit.ToAsync("/dead-letters");
        await Visit.SeesAsync("#list tbody th a");

        await Visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await Visit.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await Visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await Visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        await Visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("reason", await Visit.Page.EvaluateAsync<string>("document.activeElement.name"));
        Assert.Equal("solid", await Visit.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_AnyScheme_HasEnoughContrast(ColorScheme scheme)
    {
        await using var visit = await Visit.BeginAsync(Chromium, Stage, scheme: scheme);
        await visit.ToAsync("/");
        await visit.SeesAsync("h1");

        var contrasts = await visit.Page.EvaluateAsync<Dictionary<string, double>>(
            """
            () => {
              const style = getComputedStyle(document.documentElement);
              const light = (name) => {
                const hex = style.getPropertyValue(name).trim();
                const channel = (at) => { const value = parseInt(hex.slice(at, at + 2), 16) / 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
                return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
              };
              const ratio = (one, other) => { const [a, b] = [light(one), light(other)]; return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
              const pairs = [['--text', '--surface'], ['--muted', '--surface'], ['--muted', '--page'], ['--faint', '--surface'], ['--link', '--surface'], ['--link', '--page'], ['--bad', '--surface'],
                ['--good', '--good-tint'], ['--warn', '--warn-tint'], ['--bad', '--bad-tint']];
              return Object.fromEntries(pairs.map(([one, other]) => [`${one} on ${other}`, ratio(one, other)]));
            }
            """);

        Assert.All(contrasts, contrast => Assert.True(contrast.Value >= 4.5, $"{contrast.Key} has {contrast.Value:0.00}"));
    }

    private async Task<string[]> AllAsync()
    {
        await Stage.KillAsync(60);
        var report = Stage.Report("cattle-0001");
        return [.. Pages, $"/reports/{report.Id}", $"/dead-letters/{Stage.Broker.SequenceNumbers(Mayhem.Local.Broker.SubQueue.DeadLetter)[0]}"];
    }

    private Task<int> CountAsync(string selector) => Visit.Page.Locator(selector).CountAsync();
}
