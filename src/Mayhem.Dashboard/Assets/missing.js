// The page that is shown where there is none needs nothing but the frame.
import './page.js';
