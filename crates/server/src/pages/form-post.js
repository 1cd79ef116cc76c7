// Presses the button. Without scripts, the person does.
document.querySelector('form').submit();
