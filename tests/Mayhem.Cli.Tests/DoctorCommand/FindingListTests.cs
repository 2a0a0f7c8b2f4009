using Mayhem.Cli.DoctorCommand;
using Mayhem.Diagnosis;
using Spectre.Console;

namespace Mayhem.Cli.Tests.DoctorCommand;

public class FindingListTests
{
    [Fact]
    public void Write_AKeyWithTheNameOfAnEmojiInIt_IsShownAsItIs()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });

        FindingList.Write([new Finding(Severity.Error, "MH503", "Mayhem:Ledger:Postgres:[x]", "Message.", "Remedy.")], console);

        Assert.StartsWith("error MH503 Mayhem:Ledger:Postgres:[x]", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("  Message.", text.ToString(), StringComparison.Ordinal);
    }
}
