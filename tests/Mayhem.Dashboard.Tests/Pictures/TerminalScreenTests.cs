namespace Mayhem.Dashboard.Tests.Pictures;

public sealed class TerminalScreenTests
{
    [Theory]
    [InlineData("one\r\ntwo", "<span class=\"\">one </span>\n<span class=\"\">two </span>\n")]
    [InlineData("one\rT", "<span class=\"\">Tne </span>\n")]
    [InlineData("one\r\ntwo\e[1A\r\e[2Kx", "<span class=\"\">x   </span>\n<span class=\"\">two </span>\n")]
    [InlineData("\e[1;31ma\e[0mb", "<span class=\"bold c1\">a</span><span class=\"\">b  </span>\n")]
    [InlineData("abcde", "<span class=\"\">abcd</span>\n<span class=\"\">e   </span>\n")]
    [InlineData("\e[?1h\e=abcd\r\n\e[1A\e>x", "<span class=\"\">xbcd</span>\n")]
    [InlineData("\e[38;5;9m<\e[0m", "<span class=\"c9\">&lt;</span><span class=\"\">   </span>\n")]
    public void Write_WhatATerminalKnows_IsObeyed(string written, string expected)
    {
        var screen = new TerminalScreen(4, 5);

        screen.Write(written);

        Assert.Equal(expected, screen.ToHtml());
    }
}
